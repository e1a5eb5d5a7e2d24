import CLinux
import Glibc

/// Starts a program with exactly these three standard descriptors.
func spawn(_ program: Program, _ standard: [3 of CInt]) throws(PlatformError) -> pid_t {
    let arguments = try CStrings([program.path] + program.arguments, of: program)
    let environment = try CStrings(program.environment, of: program)
    var number: pid_t = 0
    let start = unsafe program.isBound ? weft_spawn_bound : weft_spawn
    let code = unsafe standard.span.withUnsafeBufferPointer { standard in
        unsafe start(
            &number, program.path, arguments.pointers, environment.pointers,
            standard.baseAddress)
    }
    guard code == 0 else {
        let error = PlatformError(Errno(rawValue: code), "run", "\(program)")
        throw error.isVanished
            ? error.advising("install \(program.path), or give its path") : error
    }
    return number
}

extension Program {
    /// Makes this process the program, with the standard descriptors it has; only failure returns.
    ///
    /// What the program would find on its standard input is not looked at.
    package func replaceProcess() throws(PlatformError) {
        let arguments = try CStrings([path] + arguments, of: self)
        let environment = try CStrings(environment, of: self)
        _ = try syscall("run", "\(self)") {
            unsafe weft_exec(path, arguments.pointers, environment.pointers)
        }
    }

    /// The file that this process runs.
    package static var currentFile: String {
        get throws(PlatformError) { try File.target(of: "/proc/self/exe") }
    }
}

/// Strings as exec wants them: an array of C strings that ends with a null pointer.
@safe private struct CStrings: ~Copyable {
    let pointers: [UnsafeMutablePointer<CChar>?]

    init(_ strings: [String], of program: Program) throws(PlatformError) {
        for string in strings where string.utf8.contains(0) {
            throw PlatformError(
                .invalid, "run", program.path,
                remedy: "arguments and environment cannot hold a NUL byte")
        }
        unsafe self.pointers = strings.map { unsafe strdup($0) } + [nil]
    }

    deinit {
        unsafe pointers.forEach { unsafe free($0) }
    }
}
