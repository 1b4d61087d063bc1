/// Files that arrived with one request; an actor because they arrive one after the other from a stream.
package actor Collected {
    package private(set) var files: [AttachedFile] = []

    package init() {}

    package func add(_ file: AttachedFile) { files.append(file) }
}
