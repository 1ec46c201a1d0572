import type { CellReference } from '../../explain/explanation.ts';
import { OneSample } from '../../explain/one-sample.ts';
import { cellName, type Model, parseCellName } from '../../formula/model.ts';
import type { Program } from '../../program/program.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import { OptionFault } from '../base/options.ts';
import type { FigureText, KindReader } from '../base/reader.ts';
import { CellGraph } from './cell-graph.ts';
import { ChainPicture } from './chain-picture.ts';

/** More cells and roads than these are none that can be told apart. */
const [mostCells, mostRoads] = [24, 6];

/** The graph of the forward cells that lead to one, with the slopes along its arrows and the roads from a start. */
export const chain: KindReader = {
  options: ['from'],
  read(program, text) {
    const pictures = new Map<number, ChainPicture>();
    const pictureOf = (sample: number): ChainPicture => {
      const known = pictures.get(sample) ?? read(program, text, new OneSample(program.model, sample));
      pictures.set(sample, known);
      return known;
    };
    pictureOf(1);
    return (moment, sample = 1) => pictureOf(sample).at(moment);
  },
};

function read(program: Program, text: FigureText, one: OneSample): ChainPicture {
  const end = readEnd(program.model, text.chain ?? '', one);
  const graph = new CellGraph(program, end, mostCells);
  if (graph.isCrowded) throw new OptionFault('chain', words.crowded(mostCells));
  const { cells } = graph;
  const start = readStart(graph, text.from, one);
  const roads = start < 0 ? [] : graph.roads(start, mostRoads);
  const name = text.from?.trim() ?? cells[start]?.label ?? '';
  if (start < 0 || start === cells.length - 1 || roads.length === 0)
    throw new OptionFault(
      text.from === undefined ? 'chain' : 'from',
      words.noRoad(name, cells[cells.length - 1].label),
    );
  if (roads.length > mostRoads)
    throw new OptionFault(text.from === undefined ? 'chain' : 'from', words.manyRoads(name, mostRoads));
  const picture = ChainPicture.of(graph, roads);
  if (picture === undefined) throw new OptionFault('chain', words.noRoom);
  return picture;
}

function readEnd(model: Model, text: string, one: OneSample): CellReference {
  const place = parseCellName(text);
  const forward = model.formulas.filter(({ phase }) => phase === 'forward');
  const formula = forward.find(({ target }) => target === place?.name);
  if (place === undefined || formula === undefined) throw new OptionFault('chain', words.noEnd(text.trim()));
  const shape = one.shapeOf(place.name);
  if (place.cell.length === 0 && shape.length > 0) {
    const first = cellName(
      place.name,
      shape.map(() => 1),
    );
    throw new OptionFault('chain', words.severalCells(place.name, first));
  }
  const isInside = place.cell.length === shape.length && place.cell.every((n, d) => n >= 1 && n <= shape[d]);
  if (!isInside) throw new OptionFault('chain', words.noEnd(text.trim()));
  return { name: place.name, version: formula.version, cell: one.cell(place.name, place.cell) };
}

/** The position of the start: the one that is named, else the first that is given and from which a change passes. */
function readStart(graph: CellGraph, text: string | undefined, one: OneSample): number {
  if (text === undefined)
    return graph.cells.findIndex(({ isGiven }, n) => isGiven && graph.roads(n, 0).length > 0);
  const place = parseCellName(text);
  if (place === undefined) return -1;
  const wanted = cellName(place.name, one.cell(place.name, place.cell));
  return graph.cells.findIndex(({ name, cell }) => cellName(name, cell) === wanted);
}
