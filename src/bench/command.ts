import { runBenchmark } from './command-line.ts';

process.exitCode = await runBenchmark(process.argv.slice(2), process);
