// Tiles and bundles: the counts and names of tlog-tiles, hashes against the tree's definition, and one path for one
// tile.
#include <gtest/gtest.h>

#include "crypto/codes/entries.h"
#include "crypto/log/tile.h"

namespace tuixuan::log {
namespace {

Tree numbered_tree(std::size_t n) {
  Tree tree;
  for (std::size_t i = 0; i < n; ++i) tree.append(leaf_hash(as_bytes(std::to_string(i))));
  return tree;
}

std::vector<std::string> paths(std::uint64_t size) {
  std::vector<std::string> out;
  for (const TileId& tile : tiles_of(size)) out.push_back(path_of(tile));
  return out;
}

TEST(Tile, NamesOfTheSpecification) {
  EXPECT_EQ(path_of(TileId{0, 1234067, 256}), "tile/0/x001/x234/067");
  EXPECT_EQ(path_of(TileId{1, 0, 17}), "tile/1/000.p/17");
  EXPECT_EQ(path_of(BundleId{999, 256}), "tile/entries/999");
  EXPECT_EQ(path_of(BundleId{1000, 1}), "tile/entries/x001/000.p/1");
}

TEST(Tile, TilesOfSomeSizes) {
  EXPECT_TRUE(tiles_of(0).empty());
  EXPECT_TRUE(bundles_of(0).empty());
  EXPECT_EQ(paths(1), (std::vector<std::string>{"tile/0/000.p/1"}));
  EXPECT_EQ(paths(256), (std::vector<std::string>{"tile/0/000", "tile/1/000.p/1"}));
  const auto large = paths(70000);
  EXPECT_EQ(large.size(), 273U + 1 + 1 + 1 + 1);
  EXPECT_EQ(large[272], "tile/0/272");
  EXPECT_EQ(large[273], "tile/0/273.p/112");
  EXPECT_EQ(large[274], "tile/1/000");
  EXPECT_EQ(large[275], "tile/1/001.p/17");
  EXPECT_EQ(large[276], "tile/2/000.p/1");
  EXPECT_EQ(bundles_of(70000).size(), 274U);
  EXPECT_EQ(path_of(bundles_of(70000).back()), "tile/entries/273.p/112");
  EXPECT_EQ(entries_of(bundles_of(70000).back()).first, 273U * 256);
  EXPECT_EQ(entries_of(bundles_of(70000).back()).end, 70000U);
  EXPECT_EQ(full_tiles(63, ~std::uint64_t{0}), 0U);
  EXPECT_EQ(partial_width(8, ~std::uint64_t{0}), 0U);
}

TEST(Tile, EveryHashIsTheRootOfItsSubtree) {
  const std::size_t size = 70000;
  const Tree tree = numbered_tree(size);
  const std::span<const Sha256> leaves = tree.subtrees(0);
  std::uint64_t span = 1;
  for (unsigned level = 0; level < 3; ++level, span *= 256) {
    for (const TileId& tile : tiles_of(size)) {
      if (tile.level != level) continue;
      const Hashes hashes = decode_tile(tile_bytes(tree, tile).value(), tile.width).value();
      for (std::size_t i = 0; i < hashes.size(); i += level == 0 ? 1 : 7)
        ASSERT_EQ(hashes[i], root_by_definition(leaves.subspan((tile.index * 256 + i) * span, span)));
    }
  }
}

TEST(Tile, WhatTheTreeDoesNotHaveIsRefused) {
  const Tree tree = numbered_tree(300);
  EXPECT_TRUE(tile_bytes(tree, {0, 1, 44}));
  EXPECT_TRUE(tile_bytes(tree, {0, 1, 43}));  // the partial tile of an earlier checkpoint
  for (const TileId& tile : {TileId{0, 1, 45}, TileId{0, 1, 256}, TileId{0, 2, 1}, TileId{1, 0, 2}, TileId{2, 0, 1},
                             TileId{8, 0, 1}, TileId{63, 0, 1}, TileId{0, kMaxTileIndex, 256}, TileId{0, 0, 0},
                             TileId{0, 0, 257}, TileId{0, kMaxTileIndex + 1, 1}})
    EXPECT_EQ(tile_bytes(tree, tile).error().check, code::log::tile) << path_of(tile);
}

TEST(Tile, PathsComeBack) {
  for (const std::uint64_t index : std::initializer_list<std::uint64_t>{0, 1, 7, 99, 256, 999, 1000, 1001, 999999,
                                                                        1000000, 1234067, 123456789012, kMaxTileIndex})
    for (const unsigned width : {1U, 9U, 10U, 99U, 100U, 255U, 256U}) {
      EXPECT_EQ(parse_tile_path(path_of(BundleId{index, width})).value(), TilePath(BundleId{index, width}));
      for (const unsigned level : {0U, 1U, 9U, 10U, 63U})
        EXPECT_EQ(parse_tile_path(path_of(TileId{level, index, width})).value(), TilePath(TileId{level, index, width}));
    }
}

TEST(Tile, OnePathForOneTile) {
  for (const char* path : {"",
                           "tile",
                           "tile/",
                           "tile/0",
                           "tile/0/",
                           "/tile/0/000",
                           "tile/0/0",
                           "tile/0/00",
                           "tile/0/0000",
                           "tile/0/x000",
                           "tile/0/x000/001",
                           "tile/0/x001",
                           "tile/0/x001/",
                           "tile/0/x001/x002",
                           "tile/0/001/002",
                           "tile/0/x001//002",
                           "tile/00/000",
                           "tile/01/000",
                           "tile/64/000",
                           "tile/-1/000",
                           "tile/+1/000",
                           "tile//000",
                           "tile/0/000/",
                           "tile/0/000.p/0",
                           "tile/0/000.p/256",
                           "tile/0/000.p/257",
                           "tile/0/000.p/01",
                           "tile/0/000.p/",
                           "tile/0/000.p",
                           "tile/0/000.p/1/",
                           "tile/0/000.p/1.p/1",
                           "tile/0/000.p/-1",
                           "tile/0/000.p/4294967297",
                           "tile/0/00a",
                           "tile/0/ 00",
                           "tile/0/000 ",
                           "tile/0/000\n",
                           "tile/entries/",
                           "tile/entries/0",
                           "tile/entries/000.p/0",
                           "tile/entry/000",
                           "tile/Entries/000",
                           "tile/data/000",
                           "tile/8/0/000",
                           "tile/0/../000",
                           "tile/0/x-01/000",
                           "tile/0/X001/000",
                           "tile/0/x036/x028/x797/x018/x963/968",
                           "tile/0/x999/x999/x999/x999/x999/999",
                           "tile/0/x001/x000/x000/x000/x000/x000/000",
                           "tile/0/x001/x000/x000/x000/x000/x000/x000/x000/x000/x000/000"}) {
    const auto parsed = parse_tile_path(path);
    ASSERT_FALSE(parsed) << path;
    EXPECT_EQ(parsed.error().check, code::log::tile) << path;
  }
  EXPECT_TRUE(parse_tile_path("tile/0/x036/x028/x797/x018/x963/967"));  // the last tile of the largest log
}

TEST(Tile, HashTilesHaveTheirExactLength) {
  EXPECT_TRUE(decode_tile(Bytes(64), 2));
  for (const unsigned width : {0U, 1U, 3U, 257U})
    EXPECT_EQ(decode_tile(Bytes(64), width).error().check, code::log::tile);
  EXPECT_FALSE(decode_tile(Bytes(63), 2));
  EXPECT_FALSE(decode_tile(Bytes(65), 2));
  EXPECT_FALSE(decode_tile(Bytes(257 * 32), 257));
}

TEST(Bundle, ComesBack) {
  std::vector<Bytes> entries;
  for (const std::size_t n : {0U, 1U, 255U, 256U, 257U, 65535U}) entries.emplace_back(n, std::uint8_t{0xa5});
  const Bytes bundle = encode_bundle(entries);
  EXPECT_EQ(decode_bundle(bundle, 6).value(), entries);
  EXPECT_EQ(encode_bundle(decode_bundle(bundle, 6).value()), bundle);
  EXPECT_DEATH(encode_bundle(std::vector<Bytes>{Bytes(65536)}), "65535");
}

TEST(Bundle, EveryOtherWidthAndLengthIsRefused) {
  const Bytes bundle = encode_bundle(std::vector<Bytes>{to_bytes("one"), {}, to_bytes("three")});
  for (const unsigned width : {0U, 1U, 2U, 4U, 256U, 257U})
    EXPECT_EQ(decode_bundle(bundle, width).error().check, code::log::bundle) << width;
  for (std::size_t n = 0; n < bundle.size(); ++n) EXPECT_FALSE(decode_bundle(std::span(bundle).first(n), 3)) << n;
  Bytes longer = bundle;
  longer.push_back(0);
  EXPECT_FALSE(decode_bundle(longer, 3));
}

}  // namespace
}  // namespace tuixuan::log
