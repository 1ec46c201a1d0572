import { PackageCache } from '../packages/package-cache.ts';
import { brain } from './brain.ts';
import { convnet } from './convnet.ts';
import { jax } from './jax.ts';
import type { Loaded, Peer } from './peer.ts';
import { synaptic } from './synaptic.ts';
import { tensorflow } from './tensorflow.ts';

/** All libraries to compare with. */
export const peers: readonly Peer[] = [convnet, brain, synaptic, tensorflow, jax];

/** The peers that could be loaded, and notes about those that could not. */
export interface PeerSet {
  readonly loaded: readonly { readonly peer: Peer; readonly library: Loaded }[];
  readonly notes: readonly string[];
}

/**
 * Installs missing peers, see `PackageCache`, and loads all. Throws nothing: whatever fails is left out with a note.
 */
export async function loadPeers(): Promise<PeerSet> {
  const notes: string[] = [];
  const cache = new PackageCache('bench-peers', Object.assign({}, ...peers.map(({ packages }) => packages)));
  const fault = cache.complete();
  if (fault !== undefined) notes.push(`peers could not be installed: ${fault}`);
  const loaded: { peer: Peer; library: Loaded }[] = [];
  for (const peer of peers) {
    if (!Object.keys(peer.packages).every((name) => cache.has(name))) {
      notes.push(`${peer.name} is not installed and left out`);
      continue;
    }
    try {
      const library = await peer.load(cache);
      loaded.push({ peer, library });
      if (library.note !== undefined) notes.push(library.note);
    } catch (fault) {
      notes.push(`${peer.name} does not run here and is left out: ${(fault as Error).message}`);
    }
  }
  return { loaded, notes };
}
