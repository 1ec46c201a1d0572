import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../dist', import.meta.url));

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** The ways in which a request fails, in turn: an error status, a broken connection, a login page in the file's place. */
const lost = { 'Cache-Control': 'no-store' };
const failures = ['refused', 'cut', 'another'] as const;

/** A local server of the built site on which chosen files fail. */
export interface FailingSite {
  /** The site's address, with a slash at its end. */
  readonly address: string;
  /** From now on the given files, such as `assets/why-….js`, fail `times` times each, and no others. It empties `failed`. */
  fail(files: readonly string[], times?: number): void;
  /** The files of the requests that have failed since the last `fail`. */
  readonly failed: readonly string[];
  /** Changes the HTML of pages before they are sent. */
  rewrite: (html: string) => string;
  /** The content policy that is sent with pages and files. */
  policy: string;
  /** Ends the server and its connections. */
  close(): Promise<void>;
}

/** Serves `dist` on a free local port, with a content policy; `close` ends it. */
export async function openFailingSite(policy: string): Promise<FailingSite> {
  const left = new Map<string, number>();
  const failed: string[] = [];
  const server = createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url ?? '/', 'http://site').pathname).slice(1);
    const times = left.get(name) ?? 0;
    if (times > 0) {
      left.set(name, times - 1);
      const way = failures[failed.length % failures.length];
      failed.push(name);
      if (way === 'refused') response.writeHead(503, lost).end();
      else if (way === 'another')
        response.writeHead(200, { ...lost, 'Content-Type': 'text/html' }).end('Password?');
      else {
        response.writeHead(200, { ...lost, 'Content-Type': 'text/javascript', 'Content-Length': '100000' });
        response.write('"use strict";', () => request.socket.destroy());
      }
      return;
    }
    try {
      const path = join(folder, normalize(name));
      if (!path.startsWith(folder)) throw new RangeError(name);
      const bytes = readFileSync(path);
      const type = types[extname(name)] ?? 'application/octet-stream';
      // Browsers must revalidate everything, so that no cached file hides a failure.
      const headers = {
        'Content-Type': type,
        'Cache-Control': type === 'text/html' ? 'no-store' : 'no-cache',
        'Content-Security-Policy': site.policy,
      };
      response.writeHead(200, headers).end(type === 'text/html' ? site.rewrite(String(bytes)) : bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const port = (server.address() as { port: number }).port;
  const site: FailingSite = {
    address: `http://127.0.0.1:${port}/`,
    fail(files, times = 1) {
      left.clear();
      failed.length = 0;
      for (const file of files) left.set(file, times);
    },
    failed,
    rewrite: (html) => html,
    policy,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
  return site;
}
