#include "tests/house/rooms_picture.h"

#include <algorithm>
#include <cstdio>

namespace tuixuan::house {
namespace {

constexpr int kWidth = 132;
constexpr int kHeight = 26;
constexpr int kAcross = 20;
constexpr int kUp = 44;
constexpr int kMargin = 16;

struct Box {
  double x = 0;  // of its middle
  int floor = 0;
};

const char* colour_of(const std::string& room) {
  for (const auto& [top, colour] : {std::pair{"crypto/", "#dbe9f6"},
                                    {"tally/", "#e3f1dc"},
                                    {"server/", "#fbe6d0"},
                                    {"kiosk/", "#eee0f3"},
                                    {"hardware/", "#ececec"}})
    if (room.starts_with(top)) return colour;
  return "#ffffff";
}

int floor_of(const Table& table, const std::string& room, std::map<std::string, int>& known) {
  if (const auto found = known.find(room); found != known.end()) return found->second;
  int floor = 0;
  for (const std::string& used : table.at(room).rooms) floor = std::max(floor, floor_of(table, used, known) + 1);
  return known[room] = floor;
}

// Floor by floor from below, each room as near as may be above the middle of those it uses.
std::map<std::string, Box> places(const Table& table, double& width) {
  const auto floor = floors(table);
  std::map<int, std::vector<std::string>> rows;
  for (const auto& [room, at] : floor) rows[at].push_back(room);
  std::size_t widest = 0;
  for (const auto& [at, rooms] : rows) widest = std::max(widest, rooms.size());
  width = static_cast<double>(widest * kWidth + (widest - 1) * kAcross + 2 * kMargin);
  std::map<std::string, Box> out;
  for (auto& [at, rooms] : rows) {
    std::map<std::string, double> wish;
    for (const std::string& room : rooms) {
      double sum = 0;
      const auto below = nearest(table, room);
      for (const std::string& used : below) sum += out.at(used).x;
      wish[room] = below.empty() ? width / 2 : sum / static_cast<double>(below.size());
    }
    std::stable_sort(rooms.begin(), rooms.end(),
                     [&](const std::string& a, const std::string& b) { return wish[a] < wish[b]; });
    const double step = width / static_cast<double>(rooms.size());
    for (std::size_t i = 0; i < rooms.size(); ++i) out[rooms[i]] = {step * (static_cast<double>(i) + 0.5), at};
  }
  return out;
}

std::string text(const char* format, double a, double b, double c, double d) {
  char line[200];
  std::snprintf(line, sizeof line, format, a, b, c, d);
  return line;
}

}  // namespace

std::map<std::string, int> floors(const Table& table) {
  std::map<std::string, int> out;
  for (const auto& [room, row] : table) floor_of(table, room, out);
  return out;
}

std::set<std::string> nearest(const Table& table, const std::string& room) {
  std::set<std::string> out = table.at(room).rooms;
  for (const std::string& used : table.at(room).rooms)
    for (const std::string& beyond : reachable(table, used)) out.erase(beyond);
  return out;
}

std::string picture_of(const Table& table) {
  double width = 0;
  const auto boxes = places(table, width);
  int top = 0;
  for (const auto& [room, box] : boxes) top = std::max(top, box.floor);
  const double height = (top + 1) * kHeight + top * kUp + 2 * kMargin;
  const auto y = [&](const Box& box) { return height - kMargin - kHeight - box.floor * (kHeight + kUp); };
  std::string out = text(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" height=\"%.0f\" "
      "font-family=\"sans-serif\" font-size=\"13\" text-anchor=\"middle\">\n",
      width, height, width, height);
  out += "<title>The rooms of Tuixuan: each uses those below it that its lines lead to</title>\n";
  out += text("<rect width=\"%.0f\" height=\"%.0f\" fill=\"#ffffff\"/>\n", width, height, 0, 0);
  for (const auto& [room, box] : boxes)
    for (const std::string& used : nearest(table, room))
      out += text("<path d=\"M%.0f %.0fL%.0f %.0f\" stroke=\"#7a7a7a\" fill=\"none\"/>\n", box.x, y(box) + kHeight,
                  boxes.at(used).x, y(boxes.at(used)));
  for (const auto& [room, box] : boxes) {
    out += text("<rect x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%.0f\" rx=\"4\" stroke=\"#505050\"",
                box.x - kWidth / 2.0, y(box), kWidth, kHeight);
    out += std::string(" fill=\"") + colour_of(room) + "\"/>\n";
    out += text("<text x=\"%.0f\" y=\"%.0f\">", box.x, y(box) + 18, 0, 0) + room + "</text>\n";
  }
  return out + "</svg>\n";
}

}  // namespace tuixuan::house
