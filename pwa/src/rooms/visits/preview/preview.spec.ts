import { describe, expect, it } from 'vitest'
import { preview } from '.'
import vectors from '../../../../../tests/vectors/preview.json'
import { type Patch, sceneOf } from './vectors.testing'

describe('preview', () => {
  it.each(vectors.cases.map((one) => [one.name, one] as const))('%s', (_, { patch, findings }) => {
    expect(preview(sceneOf(vectors.base, patch as Patch))).toEqual(findings)
  })
  it('has_two_hundred_vectors_or_more', () => {
    expect(vectors.cases.length).toBeGreaterThanOrEqual(200)
  })
})
