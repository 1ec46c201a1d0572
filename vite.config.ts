import { statSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import type { TestSpecification } from 'vitest/node';
import { buildLists } from './src/publish/build-lists.ts';
import { repeatableImports } from './src/publish/chunks.ts';
import { licences, ownModulesOnly } from './src/publish/licences.ts';
import { contentPolicyOf } from './src/publish/settings/content-policy.ts';
import { settingsBeside } from './src/publish/settings/course-file.ts';
import { site } from './src/publish/site.ts';
import { plainTemplates } from './src/publish/templates.ts';

/** Whether a browser window opened here would be seen: not in CI, over SSH, or on a Linux without a display. */
function hasDisplay(): boolean {
  const { CI, SSH_CONNECTION, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (CI || SSH_CONNECTION) return false;
  if (process.platform === 'darwin' || process.platform === 'win32') return true;
  return Boolean(DISPLAY || WAYLAND_DISPLAY);
}

/** Parts of paths of the test files that take longest: begun last, one of them would leave the other cores idle at the end. */
const longest = [
  'check/claim-comparison',
  'network/random',
  'lesson/fuzz-',
  'machine/testing/graph-trial-',
  'machine/moment',
  'machine/kernel/kernel-choice',
  'machine/inspect/run-difference',
  'machine/history/frames',
  'network/zoo-',
  'machine/testing/graph-derivatives',
  'machine/memory/changes',
  'machine/history/stepped-range',
  'network-captions',
  'publish/export',
  'export/python/',
  'machine/step/cell-operations',
  'machine/batch',
  'data/file',
  'session/links/full-link',
  'publish/',
  'machine/mutation',
  'session/walk',
  'architecture',
];

class LongestFirst {
  sort(files: TestSpecification[]): TestSpecification[] {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = longest.findIndex((part) => moduleId.includes(part));
      return at < 0 ? longest.length : at;
    };
    const ranked = files.map((file) => ({ file, rank: rank(file), size: statSync(file.moduleId).size }));
    return ranked.sort((a, b) => a.rank - b.rank || b.size - a.size).map(({ file }) => file);
  }

  shard(files: TestSpecification[]): TestSpecification[] {
    return files;
  }
}

const contentPolicy = contentPolicyOf(settingsBeside('lessons'));

export default defineConfig({
  server: { open: hasDisplay() },
  // Relative addresses: the built site works in any folder.
  base: './',
  plugins: [repeatableImports, plainTemplates, licences(), buildLists(), site()],
  worker: { plugins: () => [ownModulesOnly] },
  preview: { open: false, headers: { 'Content-Security-Policy': contentPolicy } },
  // Nothing is inlined: a strict content policy lets fonts and scripts come from files only.
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: false,
  },
  test: {
    // All cores: by default one is left idle.
    maxWorkers: '100%',
    // Test files of one process share modules, already compiled and warm; no test may leave global state behind.
    isolate: false,
    // In MiB: tests make much short-lived garbage.
    execArgv: ['--max-semi-space-size=64'],
    sequence: { sequencer: LongestFirst },
    include: ['{src,components}/**/*.test.ts'],
    // The fast backend, as in every program that runs in Node, and what runs overridden frames.
    setupFiles: ['src/machine/fast-machine.ts', 'src/machine/overriding.ts'],
    // In ms, and generous: they are to catch hangs, not a busy machine.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
