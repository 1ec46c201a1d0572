import { log, tanh } from './elementary.ts';
import { permutation } from './permutation.ts';
import { gaussian, streamOf, uniform } from './random.ts';
import { cos, sin } from './trigonometry.ts';
import { provideUncommon } from './uncommon.ts';

/* Imported by the compiler and by workers; a page that runs a precompiled model loads it only if the model needs it. */
provideUncommon({ log, tanh, cos, sin, gaussian, uniform, streamOf, permutation });
