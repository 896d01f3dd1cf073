import { AuditTables1790000000006 } from '@libs/audit';
import {
  AccountTables1790000000111,
  AuthTables1790000000005,
  MemberChanges1790000000281,
  MemberTables1790000000130,
  OneTimeTables1790000000100,
  PictureTables1790000000260,
  PreferenceTables1790000000220,
  ProofTables1790000000240,
  SecurityTables1790000000120,
  TeamTables1790000000200,
} from '@libs/auth';
import { DataFormat31790000000284, type MigrationClass } from '@libs/database';
import { EventTables1790000000002 } from '@libs/events';
import {
  ConsentTables1790000000017,
  DeskAdditions1790000000150,
  DeskTables1790000000018,
  ErasureTables1790000000022,
  SubjectTables1790000000003,
} from '@libs/privacy';
import { TenantChanges1790000000280, TenantKind1790000000110, TenantTables1790000000001 } from '@libs/tenancy';

/** Tables of the libraries; every service has them. */
export const libraryMigrations: readonly MigrationClass[] = [
  TenantTables1790000000001,
  TenantKind1790000000110,
  EventTables1790000000002,
  SubjectTables1790000000003,
  AuthTables1790000000005,
  OneTimeTables1790000000100,
  SecurityTables1790000000120,
  AccountTables1790000000111,
  AuditTables1790000000006,
  MemberTables1790000000130,
  ConsentTables1790000000017,
  DeskTables1790000000018,
  ErasureTables1790000000022,
  DeskAdditions1790000000150,
  TeamTables1790000000200,
  PreferenceTables1790000000220,
  ProofTables1790000000240,
  PictureTables1790000000260,
  TenantChanges1790000000280,
  MemberChanges1790000000281,
  DataFormat31790000000284,
];
