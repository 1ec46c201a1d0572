import { claims } from './claims.ts';
import { data } from './data.ts';
import { derivatives } from './derivatives.ts';
import { kernels } from './kernels.ts';
import { lessons } from './lessons.ts';
import { links } from './links.ts';
import type { Subject } from './subject.ts';

/** Everything that `npm run fuzz` can try, by name. */
export const subjects: Readonly<Record<string, Subject>> = {
  claims,
  data,
  derivatives,
  kernels,
  lessons,
  links,
};
