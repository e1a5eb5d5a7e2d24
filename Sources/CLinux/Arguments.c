// The process's arguments for Swift's CommandLine.
//
// Swift's static library finds them in a constructor, whether they are asked for or not, by a walk
// through /proc/self/maps: a twentieth of the time that a plugin runs. The C library hands them to
// every constructor. Where the functions by which CommandLine asks are defined here, the linker
// takes no object file with that constructor from the library.

static int argument_count;
static char **argument_values;

__attribute__((constructor)) static void remember_arguments(int argc, char **argv)
{
    argument_count = argc;
    argument_values = argv;
}

char **_swift_stdlib_getUnsafeArgvArgc(int *count)
{
    *count = argument_count;
    return argument_values;
}

void _swift_stdlib_overrideUnsafeArgvArgc(char **argv, int argc)
{
    remember_arguments(argc, argv);
}
