import { defineConfig } from 'vitest/config';

/** A browser is opened only where somebody can see it: never in CI, over SSH or on a Linux without a display. */
function hasDisplay(): boolean {
  const { CI, SSH_CONNECTION, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (CI || SSH_CONNECTION) return false;
  if (process.platform === 'darwin' || process.platform === 'win32') return true;
  return Boolean(DISPLAY || WAYLAND_DISPLAY);
}

export default defineConfig({
  server: { open: hasDisplay() },
  preview: { open: false },
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022' },
  test: { include: ['{src,components}/**/*.test.ts'] },
});
