import CNI
import Platform

/// No configuration comes near this; what does is not one.
let configurationLimit = 4 * 1024 * 1024

let name = PluginName(program: Environment.programName)
let reply = Plugin.answer(as: name, variable: Environment.value(of:)) {
    (patience) throws(PlatformError) in
    try StandardInput.read(limit: configurationLimit, patience: patience)
}

do throws(PlatformError) {
    try StandardStream.error.write(reply.diagnostics)
    try StandardStream.output.write(reply.output)
} catch {
    // Nobody is left who would read why.
    ExitCode.failure.exit()
}
reply.status.exit()
