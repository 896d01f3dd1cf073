import { Module } from '@nestjs/common';

/**
 * The officer's desk and the person's portal. Empty: it boots, answers health checks and has no endpoint. Consent records,
 * keys and destruction are at work in `libs/privacy`; their screens and requests come with their own issues.
 */
@Module({})
export class PrivacyDeskModule {}
