import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { normalizePath, type Plugin, type Rolldown } from 'vite';
import { packagesWhileBuilding } from './build-lists.ts';

/** The site's file with the licences of all its parts; every page links to it. */
export const licenceFile = 'licences.txt';

/** A package with code in the site, as Vite lists it. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** `MIT` and the like. */
  readonly identifier?: string;
  /** The text of its licence. */
  readonly text?: string;
}

/**
 * A Vite plugin that writes `licences.txt` beside the pages: our own licence, those of the bundled packages, and those of the
 * fonts. In development it serves our own only. The build fails where a licence is missing.
 */
export function licences(): Plugin {
  let root = process.cwd();
  const own = () => readFileSync(join(root, 'LICENSE'), 'utf8');
  return {
    name: 'backstep-licences',
    // Vite knows which modules are left after tree shaking.
    config: () => ({ build: { license: { fileName: packagesWhileBuilding } } }),
    configResolved(config) {
      root = config.root;
    },
    writeBundle({ dir = 'dist' }, bundle) {
      const packages = JSON.parse(readFileSync(join(dir, packagesWhileBuilding), 'utf8')) as BundledPackage[];
      const fonts = fontNotices(join(root, 'node_modules/katex/dist/fonts'), Object.keys(bundle));
      writeFileSync(join(dir, licenceFile), licenceText(own(), packages, fonts));
    },
    configureServer(server) {
      server.middlewares.use(`/${licenceFile}`, (_request, response) => {
        response.setHeader('Content-Type', 'text/plain; charset=utf-8');
        response.end(own());
      });
    },
  };
}

/** A Vite plugin for workers: the build fails where a worker contains a package, since Vite does not list workers' licences. */
export const ownModulesOnly: Plugin = {
  name: 'backstep-own-modules-only',
  generateBundle(_, bundle) {
    const foreign = Object.values(bundle)
      .flatMap((file) => (file.type === 'chunk' ? (file as Rolldown.OutputChunk).moduleIds : []))
      .filter((id) => normalizePath(id).includes('/node_modules/'));
    if (foreign.length > 0) this.error(`no licence is told of ${foreign.join(', ')}, which a worker loads`);
  },
};

/** The copyright notices of the fonts in the site, each once. */
function fontNotices(folder: string, files: readonly string[]): string[] {
  const notices = files.flatMap((file) => {
    const name = /(KaTeX_\w+-\w+?)(?:-[\w-]+)?\.woff2$/.exec(file)?.[1];
    if (name === undefined || !existsSync(join(folder, `${name}.ttf`))) return [];
    // The table of names is written in two bytes a letter.
    const text = readFileSync(join(folder, `${name}.ttf`), 'latin1').replaceAll('\0', '');
    const notice = /(?:Copyright \(c\)(?:(?!Copyright)[^\n])*\n)+with Reserved Font Name \w+\./.exec(text);
    if (notice === null) throw new Error(`the font ${name} does not say whose it is`);
    return [notice[0].replace(/\r\n?/g, '\n')];
  });
  return [...new Set(notices)].sort();
}

const rule = `\n${'-'.repeat(78)}\n\n`;

/**
 * All licences as one text, with a byte order mark: `own`, the project's; those of packages; and if there are `fonts`
 * (copyright notices), these with the fonts' licence. Throws where a package has none: it must not be shipped.
 */
export function licenceText(
  own: string,
  packages: readonly BundledPackage[],
  fonts: readonly string[],
): string {
  const silent = packages.filter(({ text }) => !text).map(({ name }) => name);
  if (silent.length > 0) throw new Error(`no licence is found in ${silent.join(', ')}`);
  const parts = [
    `Backstep\n\n${own}`,
    ...packages.map(({ name, version, text }) => `${name} ${version}\n\n${text}\n`),
    ...(fonts.length === 0 ? [] : [`The fonts of KaTeX\n\n${fonts.join('\n\n')}\n\n${openFontLicense()}`]),
  ];
  // The byte order mark says that this is Unicode, where the server does not.
  return `\ufeff${parts.map((part) => part.replace(/\r\n?/g, '\n')).join(rule)}`;
}

const openFontLicense = (): string =>
  readFileSync(new URL('./open-font-license.txt', import.meta.url), 'utf8');
