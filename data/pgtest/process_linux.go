package pgtest

import "syscall"

// dieWithParent has the kernel stop the child when we are gone, however we went.
func dieWithParent(a *syscall.SysProcAttr) { a.Pdeathsig = syscall.SIGQUIT }
