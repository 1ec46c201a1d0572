import '../../src/machine/fast-machine.ts';
import { serveTraining } from '../../src/machine/threads/training-port.ts';

// The types of a page's own scope, which is what the compiler sees here, say nothing of how a worker's is spoken to.
serveTraining(self as never);
