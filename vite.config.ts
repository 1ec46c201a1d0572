import { defineConfig } from 'vitest/config';
import { repeatableImports } from './src/publish/chunks.ts';
import { contentPolicy } from './src/publish/content-policy.ts';
import { licences, ownModulesOnly } from './src/publish/licences.ts';
import { site } from './src/publish/site.ts';
import { plainTemplates } from './src/publish/templates.ts';

/** A browser is opened only where somebody can see it: never in CI, over SSH or on a Linux without a display. */
function hasDisplay(): boolean {
  const { CI, SSH_CONNECTION, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (CI || SSH_CONNECTION) return false;
  if (process.platform === 'darwin' || process.platform === 'win32') return true;
  return Boolean(DISPLAY || WAYLAND_DISPLAY);
}

export default defineConfig({
  server: { open: hasDisplay() },
  // The built site is a folder that works wherever it is put.
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
    // Says which file loads which, for the report of their sizes.
    manifest: true,
  },
  // Every core at work: left to itself, one rests. A hang is an error; a busy machine is none.
  test: {
    maxWorkers: '100%',
    include: ['{src,components}/**/*.test.ts'],
    // As every program that runs in Node: with all that is fast.
    setupFiles: ['src/machine/fast-machine.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
