import Glibc

/// What the kernel does with this process when memory is short.
package enum OutOfMemory {
    private static let path = "/proc/self/oom_score_adj"

    /// How much more or less likely the process is to be ended: -1000, for never, to 1000.
    package static var scoreAdjustment: Int {
        get throws(PlatformError) {
            let text = String(decoding: try File.read(path), as: UTF8.self)
            guard let number = Int(text.prefix { !$0.isNewline }) else {
                throw PlatformError(.invalid, "read", path, remedy: "it holds no number")
            }
            return number
        }
    }

    package static func setScoreAdjustment(_ adjustment: Int) throws(PlatformError) {
        do throws(PlatformError) {
            let file = try Descriptor(opening: path, O_WRONLY, "set")
            try file.write("\(adjustment)".utf8.span)
        } catch {
            throw PlatformError(error.code, "set", path).advising(
                "to lower it takes CAP_SYS_RESOURCE: run privileged, or raise oomScoreAdj")
        }
    }
}
