import CLinux
import Glibc

/// The process's environment.
package enum Environment {
    /// A variable's value; nil when it is not set.
    package static func value(of name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }

    /// What the program was called as: the first of its arguments.
    package static var programName: String { unsafe String(cString: weft_program_name()) }

    /// All variables, as `NAME=value`.
    package static var all: [String] {
        var pairs: [String] = []
        var next = unsafe environ
        while let pair = unsafe next.pointee {
            pairs.append(unsafe String(cString: pair))
            unsafe next += 1
        }
        return pairs
    }

    /// All variables by their names.
    package static var variables: [String: String] {
        let pairs = all.compactMap { pair in
            pair.firstIndex(of: "=").map {
                (String(pair[..<$0]), String(pair[$0...].dropFirst()))
            }
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }
}
