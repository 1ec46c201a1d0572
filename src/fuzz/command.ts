import { runFuzz } from './command-line.ts';

process.exitCode = await runFuzz(process.argv.slice(2), process);
