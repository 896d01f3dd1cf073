import type { PreferenceSettings, PreferencesEdit } from '@libs/contracts';
import { ApiProperty, ApiPropertyOptional, NestedDto } from '@libs/http';
import { Allow, IsInt, Min } from 'class-validator';

/** New values; a setting that is left out stays. What each may be is one rule, kept where they are stored. */
export class PreferenceSettingsBody implements Partial<PreferenceSettings> {
  @ApiPropertyOptional({ type: String, nullable: true }) @Allow() locale?: PreferenceSettings['locale'];
  @ApiPropertyOptional({ type: String, nullable: true }) @Allow() theme?: PreferenceSettings['theme'];
  @ApiPropertyOptional({ type: String }) @Allow() sendKey?: PreferenceSettings['sendKey'];
  @ApiPropertyOptional({ type: Boolean }) @Allow() singleKeys?: boolean;
  @ApiPropertyOptional({ type: Boolean }) @Allow() sounds?: boolean;
  @ApiPropertyOptional({ type: Object, nullable: true }) @Allow() quietHours?: PreferenceSettings['quietHours'];
  @ApiPropertyOptional({ type: Object }) @Allow() notify?: PreferenceSettings['notify'];
  @ApiPropertyOptional({ type: Boolean }) @Allow() welcomeSkipped?: boolean;
}

/** An edit of the state that the member saw. */
export class PreferencesEditBody implements PreferencesEdit {
  @ApiProperty() @IsInt() @Min(0) version: number;
  @NestedDto(() => PreferenceSettingsBody) settings: PreferenceSettingsBody;
}
