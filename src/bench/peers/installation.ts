import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brain } from './brain.ts';
import { convnet } from './convnet.ts';
import { jax } from './jax.ts';
import type { Loaded, Packages, Peer } from './peer.ts';
import { synaptic } from './synaptic.ts';
import { tensorflow } from './tensorflow.ts';

/** All libraries to compare with. */
export const peers: readonly Peer[] = [convnet, brain, synaptic, tensorflow, jax];

/** Peers are no dependencies of the project: they are installed here when a benchmark needs them, and kept. */
const folder = fileURLToPath(new URL('../../../node_modules/.cache/bench-peers', import.meta.url));

/** Milliseconds after which an installation is given up. */
const patience = 180_000;

/** The peers that could be loaded, and notes about those that could not. */
export interface PeerSet {
  readonly loaded: readonly { readonly peer: Peer; readonly library: Loaded }[];
  readonly notes: readonly string[];
}

/**
 * Installs missing peers with npm into a cache folder, without running their scripts, and loads all; the installation is given up
 * after three minutes. Throws nothing: whatever fails is left out with a note.
 */
export async function loadPeers(): Promise<PeerSet> {
  const notes: string[] = [];
  const missing = peers.filter(({ packages }) => !Object.entries(packages).every(isInstalled));
  if (missing.length > 0) {
    const fault = install();
    if (fault !== undefined) notes.push(`peers could not be installed: ${fault}`);
  }
  const loaded: { peer: Peer; library: Loaded }[] = [];
  for (const peer of peers) {
    if (!Object.entries(peer.packages).every(isInstalled)) {
      notes.push(`${peer.name} is not installed and left out`);
      continue;
    }
    try {
      const library = await peer.load(installed);
      loaded.push({ peer, library });
      if (library.note !== undefined) notes.push(library.note);
    } catch (fault) {
      notes.push(`${peer.name} does not run here and is left out: ${(fault as Error).message}`);
    }
  }
  return { loaded, notes };
}

function isInstalled([name, version]: [string, string]): boolean {
  try {
    return (
      JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version === version
    );
  } catch {
    return false;
  }
}

/** Installs the peers; returns why that failed, if it did. */
function install(): string | undefined {
  mkdirSync(folder, { recursive: true });
  const dependencies = Object.assign({}, ...peers.map(({ packages }) => packages));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const args = [
    'install',
    '--prefix',
    folder,
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

const installed: Packages = {
  async load(name) {
    const found = createRequire(join(folder, 'package.json')).resolve(name);
    const loaded = await import(pathToFileURL(found).href);
    return loaded.default ?? loaded;
  },
  folder: (name) => join(folder, 'node_modules', ...name.split('/')) + sep,
};
