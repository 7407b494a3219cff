import type { ProblemBody, Pull, SessionReply } from './types'

type Json<T> = { headers: Record<string, unknown>; content: { 'application/json': T } }
type Empty = { headers: Record<string, unknown>; content?: never }
type Said = { headers: Record<string, unknown>; content: { 'application/problem+json': ProblemBody } }
type NoParameters = { query?: never; header?: never; path?: never; cookie?: never }

/** The calls the phone makes, in the form openapi-typescript gives them, so that `schema.d.ts` can take this file's place. */
export interface paths {
  '/api/v1/session': {
    parameters: NoParameters
    post: {
      parameters: NoParameters
      requestBody: { content: { 'application/json': { username: string; password: string } } }
      responses: { 200: Json<SessionReply>; default: Said }
    }
    delete: { parameters: NoParameters; requestBody?: never; responses: { 204: Empty; default: Said } }
  }
  '/api/v1/session/refresh': {
    parameters: NoParameters
    post: { parameters: NoParameters; requestBody?: never; responses: { 200: Json<SessionReply>; default: Said } }
  }
  '/api/v1/field/pull': {
    parameters: NoParameters
    get: {
      parameters: { query?: { since?: string }; header?: never; path?: never; cookie?: never }
      requestBody?: never
      responses: { 200: Json<Pull>; default: Said }
    }
  }
  '/api/v1/evidence/missing': {
    parameters: NoParameters
    post: {
      parameters: NoParameters
      requestBody: { content: { 'application/json': { sha256: string[] } } }
      responses: { 200: Json<{ missing: string[] }>; default: Said }
    }
  }
}
