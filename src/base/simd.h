/* One loop, several instruction sets: the compiler makes a copy of a function for each, and the
 * loader picks one. Only integer code and IEEE operations without contraction stand in such
 * functions, so that every copy gives the same bits.
 *
 * The two compilers spell the sets differently, and clang 14 finds such functions only from within
 * their own file: they are static. */
#ifndef MIXSMITH_SIMD_H
#define MIXSMITH_SIMD_H

#if !defined(__x86_64__) || defined(MIXSMITH_ONE_PATH)
#define SIMD_CLONES
#elif defined(__clang__)
#define SIMD_CLONES __attribute__((target_clones("avx512bw", "avx2", "default")))
#else
#define SIMD_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#endif

#endif
