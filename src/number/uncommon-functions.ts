import { log, tanh } from './elementary.ts';
import { permutation } from './permutation.ts';
import { gaussian, streamOf, uniform } from './random.ts';
import { cos, sin } from './trigonometry.ts';
import { provideUncommon } from './uncommon.ts';

/* Whoever compiles a model has these; so do workers, and pages where a model that was compiled before asks for them. */
provideUncommon({ log, tanh, cos, sin, gaussian, uniform, streamOf, permutation });
