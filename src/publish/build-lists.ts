import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Where Vite writes its lists, below the site's folder. */
const written = '.vite';

/** The folder of the build's lists, relative to the project's: they are about the site, and no part of it. */
const folder = '.output/build';

/** The list of the bundled packages, as Vite names it in the site's folder while it builds. */
export const packagesWhileBuilding = `${written}/licences.json`;

/** The list of the bundled packages after a build, relative to the project's folder. */
export const packagesFile = `${folder}/licences.json`;

/** Vite's manifest after a build, relative to the project's folder: which file loads which. */
export const manifestFile = `${folder}/manifest.json`;

/** A Vite plugin that moves the lists out of the built site, for reports and tests. It comes after those that read them there. */
export function buildLists(): Plugin {
  let root = process.cwd();
  return {
    name: 'backstep-build-lists',
    config: () => ({ build: { manifest: true } }),
    configResolved(config) {
      root = config.root;
    },
    writeBundle: {
      order: 'post',
      // Not before those that read the lists have done so.
      sequential: true,
      handler({ dir = 'dist' }) {
        const to = join(root, folder);
        rmSync(to, { recursive: true, force: true });
        mkdirSync(join(to, '..'), { recursive: true });
        renameSync(join(dir, written), to);
      },
    },
  };
}
