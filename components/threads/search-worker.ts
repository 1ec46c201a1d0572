import '../../src/machine/fast-machine.ts';
import '../../src/machine/overriding.ts';
import { serveCounting } from '../../src/machine/threads/counting-port.ts';

// TypeScript compiles this with a window's types, which lack those of a worker's scope.
serveCounting(self as never);
