// Every block that any part of this program frees, Qt and its text layout included, is overwritten first: what a voter
// chose is then in no free block of the heap. Replaces free() and realloc() of the C library for the whole program; the
// sanitizers have their own. Wiping types (crypto/primitives/secret.h) remain the rule for our own secrets.
#include <malloc.h>

#include <cstring>

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

extern "C" {

void __libc_free(void* block);  // glibc's own, beneath the one replaced here

__attribute__((visibility("default"))) void free(void* block) {
  if (block == nullptr) return;
  explicit_bzero(block, malloc_usable_size(block));
  __libc_free(block);
}

__attribute__((visibility("default"))) void* realloc(void* block, std::size_t size) {
  if (block == nullptr) return malloc(size);
  if (size == 0) {
    free(block);
    return nullptr;
  }
  const std::size_t before = malloc_usable_size(block);
  if (size <= before && size >= before / 2) return block;
  void* larger = malloc(size);
  if (larger == nullptr) return nullptr;
  std::memcpy(larger, block, before < size ? before : size);
  free(block);
  return larger;
}
}

#endif
