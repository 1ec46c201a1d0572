import { describe, expect, it } from 'vitest';
import { type Drawing, readDrawing } from '../../src/explain/drawing.ts';
import { compileModel } from '../../src/formula/compile/compile.ts';
import { classifier, lecture } from '../../src/machine/testing/models.testing.ts';
import { around, revealed } from '../base/revealed.ts';
import { placeNetwork } from './network-placement.ts';
import { largestScaleIn, rim, roomIn } from './network-room.ts';

const draw = (text: string): Drawing => readDrawing(compileModel(text).model as never) as Drawing;

describe('a network in a region', () => {
  for (const [name, text] of Object.entries({ lecture, classifier: classifier(1).text }))
    for (const [width, height] of [
      [300, 98],
      [390, 218],
      [860, 268],
      [1240, 488],
    ])
      it(`${name} is never drawn smaller than its type allows, ${width}×${height}`, () => {
        const drawing = draw(text);
        const { scale = 0, ...room } = roomIn(drawing, { width, height });
        expect(scale).toBeGreaterThanOrEqual(1);
        expect(scale).toBeLessThanOrEqual(1.3);
        const placed = placeNetwork(drawing, room);
        if (scale > 1) {
          expect((placed.width + 2 * rim.x) * scale).toBeLessThanOrEqual(width + 0.01);
          expect((placed.height + 2 * rim.y) * scale).toBeLessThanOrEqual(height + 0.01);
        }
      });

  it('shows two neighbouring layers at a time where it cannot show them all', () => {
    const region = { width: 366, height: 153 };
    const placed = placeNetwork(draw(lecture), roomIn(draw(lecture), region));
    expect(placed.width).toBeGreaterThan(region.width);
    for (const { column } of draw(lecture).layers) {
      const both = placed.units.filter(({ unit }) => [column, column + 1].includes(unit.layer.column));
      expect(around(both.map(({ box }) => box)).width).toBeLessThanOrEqual(region.width);
    }
  });

  it('has the largest type where there is room', () => {
    expect(roomIn(draw(lecture), { width: 1240, height: 488 }).scale).toBeCloseTo(1.3, 1);
  });
});

describe('the largest type in a drawing', () => {
  it('follows the text around it', () => {
    expect([8, 14, 15.5, 28, 60].map(largestScaleIn)).toEqual([1.3, 1.3, (1.15 * 15.5) / 13.5, 2.2, 2.2]);
    const region = { width: 1240, height: 488 };
    const { scale = 0 } = roomIn(draw(lecture), region, largestScaleIn(24));
    expect(scale).toBeGreaterThan(1.5);
    expect(scale).toBeLessThanOrEqual(largestScaleIn(24));
  });
});

describe('what is brought into sight', () => {
  const [small, large] = [
    { x: 200, y: 10, width: 20, height: 20 },
    { x: 0, y: 20, width: 300, height: 20 },
  ];
  it('is the first part that fits, moved no further than needed', () => {
    const sight = { width: 100, height: 50 };
    expect(revealed([large, small], sight, { x: 0, y: 0 })).toEqual({ x: 128, y: 0 });
    expect(revealed([large, small], sight, { x: 150, y: 0 })).toEqual({ x: 150, y: 0 });
  });
  it('lies in the middle where none fits, and nothing moves for nothing', () => {
    expect(revealed([large], { width: 100, height: 50 }, { x: 0, y: 0 })).toEqual({ x: 100, y: 0 });
    expect(revealed([], { width: 100, height: 50 }, { x: 7, y: 8 })).toEqual({ x: 7, y: 8 });
  });
});
