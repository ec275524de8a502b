import {
  array,
  boolean,
  enum as enumOf,
  int,
  looseObject,
  number,
  record,
  strictObject,
  string,
  union,
  unknown,
} from 'zod'

/** The part of zod that schemas here use: named one by one, so that bundles leave out the rest of it. */
export const zod = {
  array,
  boolean,
  enum: enumOf,
  int,
  looseObject,
  number,
  record,
  strictObject,
  string,
  union,
  unknown,
}

export type Zod = typeof zod
