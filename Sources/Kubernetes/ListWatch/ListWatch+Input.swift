/// What happens to a `ListWatch`.
///
/// After it has cancelled a request, nothing more of that request's answer may be given to it.
package enum ListWatchInput: Hashable, Sendable {
    case start
    case stop
    /// The answer is the expected one (200), of a content type that can be read.
    case opened
    /// Any other answer, once its body has been read.
    case refused(Refusal)
    /// An object of a list, or what is wrong with it.
    case item(Unreadable?)
    /// What the list or page says of itself; before or after its items.
    case page(ListMeta)
    case event(ListWatchEvent)
    /// The answer has ended as it should.
    case end
    case failed(RequestFailure)
    /// What a check found: the server's state, and how many objects it has then.
    case checked(version: String, count: Int)
    /// A check got no answer, or one that does not say how many there are.
    case checkFailed
    /// Whether as many objects are held as `compare` named, give or take its tolerance.
    case compared(isEqual: Bool)
    /// The deadline has come.
    case time
}

/// An object that is not as it could be; which one, if that much can be told.
package struct Unreadable: Hashable, Sendable {
    package let key: ObjectKey?
    package let problem: String

    package init(_ key: ObjectKey?, _ problem: String) {
        self.key = key
        self.problem = problem
    }
}

package enum ListWatchEvent: Hashable, Sendable {
    package enum Change: Hashable, Sendable {
        case added
        case modified
        case deleted
    }

    /// Of an object at a resource version, which may be unreadable.
    case change(Change, version: String, Unreadable? = nil)
    /// `endsInitialEvents`: with the annotation `k8s.io/initial-events-end`.
    case bookmark(version: String, endsInitialEvents: Bool = false)
    /// A Status in place of an object; the stream is over.
    case error(Refusal)
}

/// Why there is no answer, or not all of it.
package enum RequestFailure: Hashable, Sendable {
    case connect(String)
    case tls(String)
    case timeout
    case interrupted(String)
    case contentType(String)
    /// The bytes cannot be taken apart into objects or events.
    case stream(String)
}

extension RequestFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .connect(let reason): "cannot connect: \(reason)"
        case .tls(let reason): "no trusted connection: \(reason)"
        case .timeout:
            "the server has been silent for too long: is it overloaded, or the way to it cut?"
        case .interrupted(let reason): "interrupted: \(reason)"
        case .contentType(let type): "the answer is '\(type)', which is not what was asked for"
        case .stream(let problem): "the answer cannot be read: \(problem)"
        }
    }
}
