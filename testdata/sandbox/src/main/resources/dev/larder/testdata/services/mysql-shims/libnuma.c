/*
 * libnuma.so.1 for machines without it: says that there is no NUMA here, and allocates from the heap.
 *   gcc -shared -fPIC -O2 -s -nostdlib -Wl,--build-id=none,-z,noseparate-code,-soname,libnuma.so.1 -Wl,--version-script=libnuma.map -o libnuma.so.1 libnuma.c && strip -R .comment libnuma.so.1
 */
#include <stddef.h>

void *malloc(size_t size);
void free(void *block);

int numa_available(void) { return -1; }

void *numa_alloc_local(size_t size) { return malloc(size); }

void numa_free(void *block, size_t size) { free(block); }

void *numa_get_mems_allowed(void) { return 0; }

void numa_bitmask_free(void *mask) {}

long set_mempolicy(int mode, const unsigned long *nodes, unsigned long highest) { return 0; }

long mbind(void *start, unsigned long size, int mode, const unsigned long *nodes, unsigned long highest, unsigned flags) {
  return 0;
}
