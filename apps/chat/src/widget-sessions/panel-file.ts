/** The panel's page as built, with the origin it is served from. */
export interface PanelFile {
  readonly html: string;
  readonly publicOrigin: string;
}

export const PANEL = Symbol('PanelFile');
