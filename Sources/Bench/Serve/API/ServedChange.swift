import Kubernetes

/// What happened to one object.
struct ServedChange {
    let version: UInt64
    let kind: Kind
    /// Nil if it was added.
    let before: (any KubernetesObject)?
    /// Nil if it was deleted.
    let now: (any KubernetesObject)?

    /// What is told of it to somebody who sees a part of the objects only; nil for nothing.
    func event(_ selection: Selection, _ format: ObjectFormat) throws(ObjectError) -> [UInt8]? {
        let isSeen = now.map(selection.takes) ?? false
        let wasSeen = before.map(selection.takes) ?? false
        if let now, isSeen { return try told(wasSeen ? "MODIFIED" : "ADDED", now, format) }
        if let before, wasSeen { return try told("DELETED", before, format) }
        return nil
    }

    private func told(
        _ type: String, _ object: any KubernetesObject, _ format: ObjectFormat
    ) throws(ObjectError) -> [UInt8] {
        var object = object
        object.metadata.resourceVersion = "\(version)"
        return try format.managedEvent(type, object)
    }
}

/// Somebody who is told of changes.
struct ServedWatch {
    let kind: Kind
    let selection: Selection
    let format: ObjectFormat
    let outlet: Outlet

    func tell(_ event: [UInt8]) { outlet.send(HTTPAnswer.chunk(event)) }
}
