export const lib = 'imported'
