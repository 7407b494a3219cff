import { type Page, type Query, ask, tell } from '@/desk/door'
import { newId } from '@/kit/id'

export const roles = ['cadre', 'lead', 'supervisor', 'centre', 'auditor', 'admin'] as const
export type Role = (typeof roles)[number]
export interface Person {
  id: string
  username: string
  name: string
  org_id: string
  org_name: string
  roles: Role[]
  language: string
  disabled: boolean
  version: number
}
export interface Org {
  id: string
  parent_id: string | null
  code: string
  name: string
  level: string
}
export interface TeamMember {
  id: string
  name: string
  is_lead: boolean
}
export interface TeamFile {
  id: string
  code: string
  name: string
  org_id: string
  org_name: string
  members: TeamMember[]
  version: number
}

export interface PeopleFilter {
  q: string
  org: string
  role: string
  team: string
}
export const fetchPeople = (query: Query) => ask<Page<Person>>('/users', query)
/** Asked in the body: a name does not belong in an address. */
export function findPeople(filter: PeopleFilter, after: string | null, limit: number): Promise<Page<Person>> {
  const kept = Object.entries({ ...filter, after }).filter(([, value]) => Boolean(value))
  return tell<Page<Person>>('POST', '/users/search', { ...Object.fromEntries(kept), limit })
}
export const fetchOrgs = async () => (await ask<Page<Org>>('/orgs', { limit: 500 })).items
export const fetchAllTeams = async () => (await ask<Page<TeamFile>>('/teams', { limit: 500 })).items
export const fetchTeams = (after: string | null, limit: number) => ask<Page<TeamFile>>('/teams', { after, limit })

export interface PersonForm {
  org_id: string
  username: string
  name: string
  roles: Role[]
  password: string
}
export type PersonFault = 'fill' | 'choose' | 'username' | 'password'

/** What is wrong, by field; a password left empty on a change stays as it is. */
export function personFaults(form: PersonForm, isNew: boolean): Partial<Record<keyof PersonForm, PersonFault>> {
  const faults: Partial<Record<keyof PersonForm, PersonFault>> = {}
  if (!form.name.trim()) faults.name = 'fill'
  if (form.roles.length === 0) faults.roles = 'choose'
  if (isNew && !form.org_id) faults.org_id = 'choose'
  if (isNew && !/^[\p{L}\p{N}._@-]{2,64}$/u.test(form.username.trim())) faults.username = 'username'
  const length = [...form.password].length
  if ((isNew || length > 0) && (length < 10 || length > 128)) faults.password = 'password'
  return faults
}

export const addPerson = (form: PersonForm, id = newId()) =>
  tell<Person>('POST', '/users', { id, ...form, username: form.username.trim(), name: form.name.trim() })
export const changePerson = (person: Person, change: { name?: string; roles?: Role[]; disabled?: boolean; password?: string }) =>
  tell<Person>('PATCH', `/users/${person.id}`, change, person.version)

/** A password nobody guesses and everybody can read out: no letters or digits that look alike. */
export function suggestPassword(random: Uint8Array = crypto.getRandomValues(new Uint8Array(15))): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  const text = Array.from(random, (byte) => letters.charAt(byte % letters.length)).join('')
  return `${text.slice(0, 5)}-${text.slice(5, 10)}-${text.slice(10)}`
}

export const addTeam = (team: { org_id: string; code: string; name: string }, id = newId()) =>
  tell<TeamFile>('POST', '/teams', { id, ...team, members: [] })
export const setMembers = (team: TeamFile, members: { person_id: string; is_lead: boolean }[]) =>
  tell<TeamFile>('PUT', `/teams/${team.id}/members`, { members }, team.version)
