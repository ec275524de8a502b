/** Where the prompt of a run comes from. */
export type PromptSource =
  | { readonly kind: 'inline'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'saved'; readonly id: string }
  | { readonly kind: 'none' }
