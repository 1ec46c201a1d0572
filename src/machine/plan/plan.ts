import { type Affine, type Condition, coefficient, type Range } from '../../formula/affine.ts';
import type { Formula } from '../../formula/model.ts';
import type { OperationName } from '../../formula/operation.ts';
import type { Slot } from '../memory/layout.ts';

/*
 * The plan of a frame: what a program computes, with every name turned into an address and every index into an axis of
 * its own. It fixes what is computed from what and in which order terms are added, but not the order of the cells of a
 * formula: every cell is written once, from finished cells, so any order gives the same bits.
 */

/** An index with its range (both ends inclusive); its name is unique in the plan. */
export interface Axis extends Range {
  readonly name: string;
}

/** The expression of a scalar value. */
export type PlanValue = Constant | IndexNumber | Load | Apply | Fold | Where | Let | PlanVariable;

/** A number of the formula. */
export interface Constant {
  readonly kind: 'constant';
  readonly value: number;
}

/** An index used as a number. */
export interface IndexNumber {
  readonly kind: 'index';
  readonly index: Affine;
}

/** A number read from memory; 0 if one of the conditions `inside` fails. */
export interface Load {
  readonly kind: 'load';
  /** The slot that contains the address. */
  readonly slot: Slot;
  /** The address in memory, in terms of axes. */
  readonly address: Affine;
  /** Each holds where it is at least 0. */
  readonly inside: readonly Condition[];
}

/** A primitive operation on one or two operands. */
export interface Apply {
  readonly kind: 'apply';
  readonly operation: OperationName;
  readonly operands: readonly PlanValue[];
}

/** A reduction: its terms in the order of its axes, the last one fastest, left to right; 0 if there are no terms. */
export interface Fold {
  readonly kind: 'fold';
  readonly reducer: 'sum' | 'max' | 'argmax';
  /** Outermost first. */
  readonly axes: readonly Axis[];
  /** Terms that fail one of these are left out. */
  readonly where: readonly Condition[];
  readonly body: PlanValue;
  /** What an arg-max gives for a term: its position in the rectangle of the axes, from 1. */
  readonly position: Affine;
}

/** The body if all conditions hold, else 0. */
export interface Where {
  readonly kind: 'where';
  readonly conditions: readonly Condition[];
  readonly body: PlanValue;
}

/** A value that is computed once and used several times in `body`. */
export interface Let {
  readonly kind: 'let';
  readonly variable: PlanVariable;
  readonly value: PlanValue;
  readonly body: PlanValue;
}

/** The value bound by the `Let` of the same name around it. */
export interface PlanVariable {
  readonly kind: 'variable';
  readonly name: string;
}

/** A formula at every value of its axes, in any order, since no cell of it reads another. */
export interface Assign {
  readonly kind: 'assign';
  readonly formula: Formula;
  readonly slot: Slot;
  /** The address of the cell, in terms of axes. */
  readonly address: Affine;
  readonly axes: readonly Axis[];
  readonly value: PlanValue;
}

/** Statements that must be done for one value of the axis before the next, ascending for direction 1. */
export interface Sequence {
  readonly kind: 'sequence';
  readonly axis: Axis;
  readonly direction: 1 | -1;
  readonly body: readonly PlanStatement[];
}

/** A step of a plan. */
export type PlanStatement = Assign | Sequence;

/** The direct operands of a value, in the order in which they are computed; empty for constants, indices, loads and variables. */
export function valueParts(value: PlanValue): readonly PlanValue[] {
  switch (value.kind) {
    case 'apply':
      return value.operands;
    case 'fold':
    case 'where':
      return [value.body];
    case 'let':
      return [value.value, value.body];
    default:
      return [];
  }
}

/** A value and everything inside it, parents first. */
export function* nodesOf(value: PlanValue): Generator<PlanValue> {
  yield value;
  for (const part of valueParts(value)) yield* nodesOf(part);
}

/**
 * A copy of a value with one node, compared by identity, replaced wherever it occurs by `by`; the value itself is not changed.
 */
export function replaceNode(value: PlanValue, node: PlanValue, by: PlanValue): PlanValue {
  if (value === node) return by;
  const inner = (part: PlanValue) => replaceNode(part, node, by);
  switch (value.kind) {
    case 'apply':
      return { ...value, operands: value.operands.map(inner) };
    case 'fold':
    case 'where':
      return { ...value, body: inner(value.body) };
    case 'let':
      return { ...value, value: inner(value.value), body: inner(value.body) };
    default:
      return value;
  }
}

/** The assignments of a plan in order, including those inside sequences. */
export function* assignsOf(statements: readonly PlanStatement[]): Generator<Assign> {
  for (const statement of statements) {
    if (statement.kind === 'assign') yield statement;
    else yield* assignsOf(statement.body);
  }
}

/**
 * A copy of a value with `change` applied to every affine expression of indices: of addresses, numbers and conditions, not the
 * positions of an arg-max. `change` must keep the axes that folds bind.
 */
export function mapAffines(value: PlanValue, change: (affine: Affine) => Affine): PlanValue {
  const inner = (part: PlanValue) => mapAffines(part, change);
  switch (value.kind) {
    case 'index':
      return { ...value, index: change(value.index) };
    case 'load':
      return { ...value, address: change(value.address), inside: value.inside.map(change) };
    case 'apply':
      return { ...value, operands: value.operands.map(inner) };
    case 'fold':
      return { ...value, where: value.where.map(change), body: inner(value.body) };
    case 'where':
      return { ...value, conditions: value.conditions.map(change), body: inner(value.body) };
    case 'let':
      return { ...value, value: inner(value.value), body: inner(value.body) };
    default:
      return value;
  }
}

/**
 * The affine expressions of indices in a value and its parts, with repetition: those of addresses, numbers and conditions, not
 * the positions of an arg-max.
 */
export function affinesOf(value: PlanValue): Affine[] {
  const found: Affine[] = [];
  mapAffines(value, (affine) => {
    found.push(affine);
    return affine;
  });
  return found;
}

/**
 * Whether a value depends on the axis of this name. `bound` tells for variables by name whether they do; one that is not in it
 * (bound further out) counts as varying.
 */
export function varies(
  value: PlanValue,
  axis: string,
  bound: ReadonlyMap<string, boolean> = new Map(),
): boolean {
  const differs = (affines: readonly Affine[]) => affines.some((affine) => coefficient(affine, axis) !== 0);
  const inner = (part: PlanValue) => varies(part, axis, bound);
  switch (value.kind) {
    case 'constant':
      return false;
    case 'index':
      return differs([value.index]);
    case 'load':
      return differs([value.address, ...value.inside]);
    case 'apply':
      return value.operands.some(inner);
    case 'fold':
      return differs(value.where) || inner(value.body);
    case 'where':
      return differs(value.conditions) || inner(value.body);
    case 'let':
      return varies(value.body, axis, new Map(bound).set(value.variable.name, inner(value.value)));
    case 'variable':
      // A variable bound further out is not known here.
      return bound.get(value.name) ?? true;
  }
}
