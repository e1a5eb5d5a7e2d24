import NFTables
import Platform

/// What became of a transaction, as far as the kernel and the fake must agree.
enum Outcome: Hashable, CustomStringConvertible {
    case success
    /// The error number and the command it is about.
    case refused(Errno, command: Int?)
    case failed(NFTablesError.Code)

    init(_ body: () throws(NFTablesError) -> Void) {
        do throws(NFTablesError) {
            try body()
            self = .success
        } catch {
            if case .refused(let errno) = error.code {
                self = .refused(errno, command: error.command)
            } else {
                self = .failed(error.code)
            }
        }
    }

    var isSuccess: Bool { self == .success }

    var description: String {
        switch self {
        case .success: "success"
        case .refused(let errno, nil): "\(errno)"
        case .refused(let errno, let command?): "\(errno) at command \(command)"
        case .failed(let code): "\(code)"
        }
    }
}
