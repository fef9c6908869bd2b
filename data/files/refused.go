package files

// refusedColumn is the column that a file of refused rows has in addition to
// those of the file they come from. When it is imported again it is passed over.
const refusedColumn = "refused_because"
