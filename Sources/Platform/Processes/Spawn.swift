import CLinux
import Glibc

/// Starts a program with exactly these three standard descriptors.
func spawn(_ command: Command, _ standard: [3 of CInt]) throws(PlatformError) -> pid_t {
    let arguments = try CStrings([command.program] + command.arguments, of: command)
    let environment = try CStrings(command.environment, of: command)
    var number: pid_t = 0
    let code = unsafe standard.span.withUnsafeBufferPointer { standard in
        unsafe weft_spawn(
            &number, command.program, arguments.pointers, environment.pointers,
            standard.baseAddress)
    }
    guard code == 0 else {
        let error = PlatformError(Errno(rawValue: code), "run", "\(command)")
        throw error.isVanished
            ? error.advising("install \(command.program), or give its path") : error
    }
    return number
}

/// Strings as exec wants them: an array of C strings that ends with a null pointer.
@safe private struct CStrings: ~Copyable {
    let pointers: [UnsafeMutablePointer<CChar>?]

    init(_ strings: [String], of command: Command) throws(PlatformError) {
        for string in strings where string.utf8.contains(0) {
            throw PlatformError(
                .invalid, "run", command.program,
                remedy: "arguments and environment cannot hold a NUL byte")
        }
        unsafe self.pointers = strings.map { unsafe strdup($0) } + [nil]
    }

    deinit {
        unsafe pointers.forEach { unsafe free($0) }
    }
}
