import '../../src/machine/fast-machine.ts';
import '../../src/machine/overriding.ts';
import { serveTraining } from '../../src/machine/threads/training-port.ts';

// TypeScript compiles this with a window's types, which lack those of a worker's scope.
serveTraining(self as never);
