import { runDigits } from './digit-command.ts';

process.exitCode = runDigits(process.argv.slice(2), process);
