/*
 * libaio.so.1 for machines without it: the four entry points that mysqld imports, straight to the kernel's calls.
 * Built on Linux x86-64, without libc:
 *   gcc -shared -fPIC -O2 -s -nostdlib -Wl,--build-id=none,-z,noseparate-code,-soname,libaio.so.1 -Wl,--version-script=libaio.map -o libaio.so.1 libaio.c && strip -R .comment libaio.so.1
 */
enum { IO_SETUP = 206, IO_DESTROY = 207, IO_GETEVENTS = 208, IO_SUBMIT = 209 };

static long kernel(long call, long a, long b, long c, long d, long e) {
  long result;
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(call), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
                   : "rcx", "r11", "memory");
  return result;
}

int io_setup(int events, void **context) { return (int)kernel(IO_SETUP, events, (long)context, 0, 0, 0); }

int io_destroy(void *context) { return (int)kernel(IO_DESTROY, (long)context, 0, 0, 0, 0); }

int io_submit(void *context, long count, void **blocks) {
  return (int)kernel(IO_SUBMIT, (long)context, count, (long)blocks, 0, 0);
}

int io_getevents(void *context, long least, long most, void *events, void *timeout) {
  return (int)kernel(IO_GETEVENTS, (long)context, least, most, (long)events, (long)timeout);
}
