import type { CourseSettings } from './course-file.ts';

/**
 * The Content-Security-Policy of a course's pages: nothing inline, nothing from other origins; a model may be compiled to
 * WebAssembly, which allows no text to be run as a script. Our own server sends it as a header, and every built page contains it,
 * since most static hosts send none.
 */
export const contentPolicyOf = ({ webAssembly }: CourseSettings): string =>
  `default-src 'none'; script-src 'self'${webAssembly ? " 'wasm-unsafe-eval'" : ''}; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'`;
