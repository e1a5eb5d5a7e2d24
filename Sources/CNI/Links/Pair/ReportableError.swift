import NFTables
import Netlink
import Platform

/// A failure of a layer below, which the specification has a document for.
protocol ReportableError: Error {
    var report: CNIError { get }
}

extension NetlinkError: ReportableError { var report: CNIError { CNIError(self) } }
extension NFTablesError: ReportableError { var report: CNIError { CNIError(self) } }
extension PlatformError: ReportableError { var report: CNIError { CNIError(self) } }

/// Runs a closure and reports its failure as the specification asks.
func reporting<Value: ~Copyable, Failure: ReportableError>(
    _ body: () throws(Failure) -> Value
) throws(CNIError) -> Value {
    do throws(Failure) {
        return try body()
    } catch {
        throw error.report
    }
}

extension NetworkNamespace {
    /// Runs a closure inside the namespace and waits for its end.
    borrowing func inside(_ body: () throws(CNIError) -> Void) throws(CNIError) {
        let failure = try reporting { () throws(PlatformError) in
            try run { () throws(PlatformError) -> CNIError? in
                do throws(CNIError) { try body() } catch { return error }
                return nil
            }
        }
        if let failure { throw failure }
    }
}
