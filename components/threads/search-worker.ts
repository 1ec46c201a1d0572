import '../../src/machine/fast-machine.ts';
import { serveCounting } from '../../src/machine/threads/counting-port.ts';

// The types of a page's own scope, which is what the compiler sees here, say nothing of how a worker's is spoken to.
serveCounting(self as never);
