import { defineConfig } from 'vitest/config';
import { repeatableImports } from './src/publish/chunks.ts';
import { contentPolicy } from './src/publish/content-policy.ts';
import { licences, ownModulesOnly } from './src/publish/licences.ts';
import { site } from './src/publish/site.ts';
import { plainTemplates } from './src/publish/templates.ts';

/** Whether a browser window opened here would be seen: not in CI, over SSH, or on a Linux without a display. */
function hasDisplay(): boolean {
  const { CI, SSH_CONNECTION, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (CI || SSH_CONNECTION) return false;
  if (process.platform === 'darwin' || process.platform === 'win32') return true;
  return Boolean(DISPLAY || WAYLAND_DISPLAY);
}

export default defineConfig({
  server: { open: hasDisplay() },
  // Relative addresses: the built site works in any folder.
  base: './',
  plugins: [repeatableImports, plainTemplates, licences(), site()],
  worker: { plugins: () => [ownModulesOnly] },
  preview: { open: false, headers: { 'Content-Security-Policy': contentPolicy } },
  // Nothing is inlined: a strict content policy lets fonts and scripts come from files only.
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: false,
    // `dist/.vite/manifest.json` lists which file loads which, for the report of their sizes.
    manifest: true,
  },
  // All cores: by default Vitest leaves one idle. The timeouts are generous, since they are to catch hangs, not a busy machine.
  test: {
    maxWorkers: '100%',
    include: ['{src,components}/**/*.test.ts'],
    // The fast backend, as in every program that runs in Node.
    setupFiles: ['src/machine/fast-machine.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
