import { readRecurrence } from '../../explain/recurrence.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import { figureIndices } from '../base/figure-values.ts';
import { OptionFault } from '../base/options.ts';
import { type KindReader, readNumbers, runningOver } from '../base/reader.ts';
import { Timed } from './time-numbers.ts';
import { TimePicture } from './time-picture.ts';

/** Of more moments than this the last ones are shown: there the loss is near, and the gradient starts. */
const mostMoments = 16;
/** Weights that can be told apart by colour and by dashes. */
const mostWeights = 8;
/** Numbers of a gradient. */
const mostNumbers = 4096;

/** A recurrent model unrolled in time, with the size of a gradient at each moment. */
export const time: KindReader = {
  options: ['gradient'],
  read(program, text) {
    const { model } = program;
    const of = (text.time ?? '').trim();
    const recurrence = readRecurrence(program);
    if (recurrence === undefined) throw new OptionFault('time', words.notRecurrent);
    const names = recurrence.quantities.map(({ name }) => name);
    if (!names.includes(of)) throw new OptionFault('time', words.notTimed(of, names.join(', ')));
    // A given quantity has no formula of its own, whose index could be its time index.
    const index = recurrence.quantities
      .flatMap(({ name, dimension }) => {
        const formula = model.formulas.find(({ target, phase }) => target === name && phase === 'forward');
        return formula === undefined ? [] : [{ name, index: formula.indices[dimension].name }];
      })
      .sort((a, b) => Number(b.name === of) - Number(a.name === of))[0].index;
    if (text.gradient === undefined) throw new OptionFault('time', words.noGradient(index));
    const { probe } = readNumbers(model, 'gradient', text.gradient, { most: mostNumbers });
    if (!figureIndices(probe).some(({ name }) => name === index))
      throw new OptionFault('gradient', words.notOverTime(index, runningOver(probe)));
    const timed = new Timed(model, recurrence, of, probe, index, mostMoments);
    if (timed.weights.length > mostWeights) throw new OptionFault('time', words.manyWeights(mostWeights));
    const picture = new TimePicture(timed);
    return (moment, sample = 1) => picture.at(moment, sample);
  },
};
