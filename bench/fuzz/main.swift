import Platform
import Support

fuzzCommand.run(Array(CommandLine.arguments.dropFirst())).exit()
