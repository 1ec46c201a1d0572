import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Milliseconds after which an installation is given up. */
const patience = 180_000;

/**
 * Packages that are no dependencies of the project, by name, each pinned to a version: they are installed in a folder of
 * `node_modules/.cache` when they are needed, and kept.
 */
export class PackageCache {
  private readonly root: string;

  constructor(
    /** Of the folder. */
    name: string,
    private readonly versions: Readonly<Record<string, string>>,
  ) {
    this.root = fileURLToPath(new URL(`../../../node_modules/.cache/${name}`, import.meta.url));
  }

  /** Whether a package is there in its version. */
  has(name: string): boolean {
    try {
      const found = JSON.parse(readFileSync(join(this.folder(name), 'package.json'), 'utf8'));
      return found.version === this.versions[name];
    } catch {
      return false;
    }
  }

  /**
   * Installs what is missing with npm, without running the packages' scripts, and gives up after three minutes. Returns why that
   * failed, if it did.
   */
  complete(): string | undefined {
    if (Object.keys(this.versions).every((name) => this.has(name))) return undefined;
    mkdirSync(this.root, { recursive: true });
    const { versions: dependencies } = this;
    writeFileSync(join(this.root, 'package.json'), JSON.stringify({ private: true, dependencies }));
    const args = [
      'install',
      '--prefix',
      this.root,
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--fetch-retries=0',
      '--loglevel=error',
    ];
    const { error, status, stderr } = spawnSync('npm', args, { encoding: 'utf8', timeout: patience });
    if (error !== undefined) return error.message;
    const complaint = stderr.split('\n').find((line) => /npm err/i.test(line));
    return status === 0 ? undefined : (complaint ?? 'npm failed');
  }

  /** Imports a package by name. */
  async load(name: string): Promise<unknown> {
    const found = createRequire(join(this.root, 'package.json')).resolve(name);
    const loaded = await import(pathToFileURL(found).href);
    return loaded.default ?? loaded;
  }

  /** The folder of a package, with a separator at the end. */
  folder(name: string): string {
    return join(this.root, 'node_modules', ...name.split('/')) + sep;
  }
}
