import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The pages of the course that was built, but for its first. */
export const lessonPages = readdirSync(fileURLToPath(new URL('../dist', import.meta.url))).filter(
  (name) => name.endsWith('.html') && name !== 'index.html',
);
